// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.monitor.CallerLimit;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final StreamRequest PLAY = new StreamRequest(Role.PLAY, "a", "");
    private static final StreamRequest PUBLISH = new StreamRequest(Role.PUBLISH, "a", "");
    private static final long LATER = Places.UNCLAIMED_NANOS + 1;

    private final Places places = new Places(name -> false);

    @Test
    void countsPlayersOfAStream_andPublishersOfAll() throws Exception {
        RelayRules config = config(Map.of(RelaySetting.MAX_PLAYERS_PER_STREAM, 1, RelaySetting.MAX_PUBLISHERS, 1));

        assertThat(take(PLAY, config, 0).limit()).isNull();
        assertThat(take(PLAY, config, 0).limit()).isEqualTo(CallerLimit.STREAM);
        assertThat(take(new StreamRequest(Role.PLAY, "b", ""), config, 0).limit())
                .isNull();
        assertThat(take(PUBLISH, config, 0).limit()).isNull();
        assertThat(take(new StreamRequest(Role.PUBLISH, "b", ""), config, 0).limit())
                .isEqualTo(CallerLimit.PUBLISHERS);
    }

    @Test
    void aSiteOfIpv6IsOneAddress() throws Exception {
        RelayRules config = config(Map.of(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS, 1));

        assertThat(take("2001:db8::1", PLAY, config, 0).limit()).isNull();
        assertThat(take("2001:db8::2", PLAY, config, 0).limit()).isEqualTo(CallerLimit.ADDRESS);
        assertThat(take("2001:db8:0:1::1", PLAY, config, 0).limit()).isNull();
    }

    @Test
    void aHundredThousandCallersThatAreNeverAccepted_leaveNothingBehind() throws Exception {
        RelayRules config =
                config(Map.of(RelaySetting.MAX_CONNECTIONS, 1000, RelaySetting.MAX_CONNECTIONS_PER_ADDRESS, 1000));
        int admitted = 0;
        for (int i = 0; i < 100_000; i++) {
            admitted += take(publish("a" + i), config, i * (LATER / 100)).place() == null ? 0 : 1;
            assertThat(places.taken()).isLessThanOrEqualTo(200);
        }

        assertThat(admitted).isEqualTo(100_000);
        take(PUBLISH, config, 200_000 * LATER);
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void aChannelKeepsItsPlace_untilItCloses() throws Exception {
        RelayRules config = config(Map.of(RelaySetting.MAX_PUBLISHERS, 1));
        Places.Place place = take(PUBLISH, config, 0).place();
        assertThat(places.claim(place, config)).isTrue();

        assertThat(take(publish("b"), config, LATER).limit()).isEqualTo(CallerLimit.PUBLISHERS);
        places.release(place);
        places.release(place);
        assertThat(places.taken()).isZero();
        assertThat(places.connected()).isZero();
    }

    @Test
    void aChannelThatComesTooLate_takesItsPlaceAnew_orNone() throws Exception {
        RelayRules config = config(Map.of(RelaySetting.MAX_PUBLISHERS, 1));
        Places.Place late = take(PUBLISH, config, 0).place();
        Places.Place next = take(PUBLISH, config, LATER).place();

        assertThat(places.claim(late, config)).isFalse();
        assertThat(places.claim(next, config)).isTrue();
        places.release(next);
        assertThat(places.claim(late, config)).isTrue();
        assertThat(places.taken()).isEqualTo(1);
    }

    @Test
    void aCallerWhoseSocketIsClosed_keepsNeitherItsPlaceNorItsName() throws Exception {
        RelayRules config = config(Map.of(RelaySetting.MAX_CONNECTIONS, 2, RelaySetting.PUBLISHER_RESERVE, 0));
        AtomicBoolean failed = new AtomicBoolean();
        InetAddress address = InetAddress.getByName("192.0.2.1");
        assertThat(places.take(address, PUBLISH, config, failed::get, 0).place())
                .isNotNull();
        assertThat(take(PLAY, config, 0).place()).isNotNull();
        assertThat(take(PLAY, config, 0).limit()).isEqualTo(CallerLimit.CONNECTIONS);
        assertThat(take(PUBLISH, config, 0)).isEqualTo(new Places.Outcome(null, null));

        failed.set(true);

        assertThat(take(PUBLISH, config, 0).place()).isNotNull();
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void aNameIsFree_onceItsCallerIsAPublisherOrClosed() throws Exception {
        Places.Place place = take(PUBLISH, RelayRules.DEFAULT, 0).place();
        places.claim(place, RelayRules.DEFAULT);
        assertThat(take(PUBLISH, RelayRules.DEFAULT, 0).place())
                .as("it is about to publish")
                .isNull();

        places.published(place);

        assertThat(take(PUBLISH, RelayRules.DEFAULT, 0).place())
                .as("the stream decides")
                .isNotNull();
    }

    @Test
    void publishersThatLeftCountApart_upToABound() throws Exception {
        RelayRules config = config(Map.of(RelaySetting.MAX_PUBLISHERS, 1, RelaySetting.MAX_CONNECTIONS, 1));
        for (int i = 0; i < Places.LEAST_LEAVING; i++) {
            Places.Place place = take(publish("a" + i), config, 0).place();
            places.claim(place, config);
            places.leave(place, config);
            places.leave(place, config);
        }
        Places.Place last = take(PUBLISH, config, 0).place();
        places.claim(last, config);

        places.leave(last, config);

        assertThat(take(publish("b"), config, 0).limit()).isEqualTo(CallerLimit.CONNECTIONS);
        assertThat(places.connected()).isEqualTo(Places.LEAST_LEAVING + 1);
        places.release(last);
        assertThat(take(publish("b"), config, 0).place()).isNotNull();
        assertThat(places.taken()).isEqualTo(Places.LEAST_LEAVING + 1);
    }

    private static StreamRequest publish(String name) {
        return new StreamRequest(Role.PUBLISH, name, "");
    }

    private Places.Outcome take(StreamRequest request, RelayRules config, long nowNanos) throws Exception {
        return take("192.0.2.1", request, config, nowNanos);
    }

    private Places.Outcome take(String address, StreamRequest request, RelayRules config, long nowNanos)
            throws UnknownHostException {
        return places.take(InetAddress.getByName(address), request, config, () -> false, nowNanos);
    }

    private static RelayRules config(Map<RelaySetting, Object> settings) {
        return new RelayRules(settings, Map.of(), Map.of());
    }
}
