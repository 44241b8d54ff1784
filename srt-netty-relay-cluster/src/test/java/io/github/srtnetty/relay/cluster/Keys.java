// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.testing.TestSecrets;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;

/** Key stores of nodes, each with a key and the certificate of the authority that it trusts. */
final class Keys {
    static final String PASSWORD = TestSecrets.PASSPHRASE;

    private final X509Bundle authority;

    /** Makes an authority. */
    Keys() throws Exception {
        authority = new CertificateBuilder()
                .ecp256()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /** Writes a key store with a key that this authority has signed. */
    Path write(Path file) throws Exception {
        X509Bundle node = new CertificateBuilder().ecp256().subject("CN=node").buildIssuedBy(authority);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("node", node.getKeyPair().getPrivate(), PASSWORD.toCharArray(), node.getCertificatePath());
        store.setCertificateEntry("authority", authority.getCertificate());
        return save(store, file);
    }

    /** Writes a key store without a key. */
    Path writeCertificate(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", (Certificate) authority.getCertificate());
        return save(store, file);
    }

    private static Path save(KeyStore store, Path file) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
