// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of the engine with TLS in both directions: each node shows the certificate of the key store, and accepts
 * those that the same key store trusts. Names in certificates are not compared with addresses: the key store
 * defines the membership. The engine gets the factory and never the password.
 */
final class NodeKeys {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private NodeKeys() {}

    /** Reads a PKCS#12 file; fails in one line that names the file and never the password. */
    static SocketFactory socketFactory(Path file, String password) throws IOException {
        try {
            DefaultSocketFactory sockets = new DefaultSocketFactory(context(load(file, password), password));
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(PROTOCOLS);
            parameters.setNeedClientAuth(true);
            sockets.setServerSocketConfigurator(socket -> ((SSLServerSocket) socket).setSSLParameters(parameters));
            return sockets;
        } catch (GeneralSecurityException e) {
            throw failure(file, Failures.inOneLine(e), e);
        }
    }

    private static KeyStore load(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        } catch (NoSuchFileException e) {
            throw failure(file, "there is no such file", e);
        } catch (IOException e) {
            boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
            throw failure(file, wrong ? "the password is wrong" : "it is not a readable PKCS#12 file", e);
        }
        boolean hasKey = false;
        for (String alias : Collections.list(store.aliases())) {
            hasKey |= store.isKeyEntry(alias);
        }
        if (!hasKey) {
            throw failure(file, "it has no private key", null);
        }
        return store;
    }

    private static SSLContext context(KeyStore store, String password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static IOException failure(Path file, String what, @Nullable Throwable cause) {
        return new IOException("cannot use the cluster's key store " + file + ": " + what, cause);
    }
}
