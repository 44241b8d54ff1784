// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.github.srtnetty.examples.cli.CommandLines;
import io.github.srtnetty.relay.RelayConfig;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The manifests in srt-netty-relay/deploy: each field is one of the Kubernetes API, names fit together, and the
 * programs take the arguments. Nothing is run.
 */
class DeployTest {
    private static final Path DEPLOY = Path.of("..", "srt-netty-relay", "deploy");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Fails where a manifest has a field that the type has not. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Serial
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Service", Service.class,
            "StatefulSet", StatefulSet.class,
            "PodDisruptionBudget", PodDisruptionBudget.class);

    @Test
    void theManifestsHaveFieldsOfTheKubernetesApiOnly() throws Exception {
        assertThat(manifests().stream().map(HasMetadata::getKind).distinct())
                .containsExactlyInAnyOrderElementsOf(KINDS.keySet());
    }

    @Test
    void theServicesAndTheBudgetSelectThePods() throws Exception {
        StatefulSet set = only(StatefulSet.class).get(0);
        Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
        Map<String, String> ports = relay(set).getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getProtocol));

        assertThat(ports).isEqualTo(Map.of("srt", "UDP", "http", "TCP", "cluster", "TCP"));
        assertThat(set.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(only(PodDisruptionBudget.class)
                        .get(0)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .isEqualTo(labels);
        for (Service service : only(Service.class)) {
            assertThat(service.getSpec().getSelector()).isEqualTo(labels);
            service.getSpec()
                    .getPorts()
                    .forEach(port -> assertThat(ports).containsEntry(port.getName(), port.getProtocol()));
        }
    }

    @Test
    void theNodesFindEachOtherBeforeTheyAreReady_byTheNameInTheirConfiguration() throws Exception {
        StatefulSet set = only(StatefulSet.class).get(0);
        Service headless = only(Service.class).stream()
                .filter(service -> "None".equals(service.getSpec().getClusterIP()))
                .findFirst()
                .orElseThrow();

        assertThat(headless.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(set.getSpec().getServiceName())
                .isEqualTo(headless.getMetadata().getName());
        assertThat(Files.readString(DEPLOY.resolve("cluster.json")))
                .contains("\"" + headless.getMetadata().getName() + ".default.svc.cluster.local\"")
                .contains("\"expectedNodes\": " + set.getSpec().getReplicas());
    }

    @Tag("slow")
    @Test
    void aNodeThatDrainsGetsNoCallers_andLives() throws Exception {
        Container relay = relay(only(StatefulSet.class).get(0));

        assertThat(relay.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
        assertThat(relay.getStartupProbe().getHttpGet().getPath()).isEqualTo("/healthz");
        assertThat(relay.getLivenessProbe().getHttpGet()).isNull();
        assertThat(relay.getLivenessProbe().getTcpSocket()).isNotNull();
    }

    @Test
    void theFilesOfTheArgumentsAreMounted() throws Exception {
        PodSpec pod = only(StatefulSet.class).get(0).getSpec().getTemplate().getSpec();
        List<String> folders = pod.getContainers().get(0).getVolumeMounts().stream()
                .map(mount -> mount.getMountPath())
                .toList();
        assertThat(folders).contains("/etc/srt-netty", "/tmp");
        assertThat(pod.getVolumes().stream().map(volume -> volume.getName()))
                .containsExactlyInAnyOrderElementsOf(pod.getContainers().get(0).getVolumeMounts().stream()
                        .map(mount -> mount.getName())
                        .toList());
    }

    @Test
    void theProgramTakesTheArguments() throws Exception {
        List<List<String>> all = new ArrayList<>();
        all.add(relay(only(StatefulSet.class).get(0)).getArgs());
        JsonNode services =
                YAML.readTree(DEPLOY.resolve("compose.yaml").toFile()).get("services");
        for (JsonNode service : services) {
            List<String> words = new ArrayList<>();
            service.get("command").forEach(word -> words.add(word.asText()));
            all.add(words);
        }
        assertThat(all).hasSize(4);
        for (List<String> words : all) {
            List<String> command = new ArrayList<>(List.of("relay", "--config=/etc/srt-netty/relay.json"));
            command.addAll(words);
            String[] line = command.toArray(String[]::new);
            assertThatCode(() -> CommandLines.parser(new SrtNetty()).parseArgs(line))
                    .as("%s", command)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSampleOfAClusterIsRight() {
        assertThatCode(() -> RelayConfig.DEFAULT.withCluster(DEPLOY.resolve("cluster.json")))
                .doesNotThrowAnyException();
    }

    private static Container relay(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    private static <T extends HasMetadata> List<T> only(Class<T> type) throws IOException {
        return manifests().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<HasMetadata> manifests() throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(DEPLOY.resolve("kubernetes.yaml").toFile())) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                Class<? extends HasMetadata> type =
                        KINDS.get(document.get("kind").asText());
                all.add(STRICT.treeToValue(document, type));
            }
        }
        return all;
    }
}
