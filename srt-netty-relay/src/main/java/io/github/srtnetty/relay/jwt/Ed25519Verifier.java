// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** Checks Ed25519 signatures (RFC 8037) by the JDK; Nimbus' own verifier needs Google Tink. Any thread. */
final class Ed25519Verifier implements JWSVerifier {
    private static final String NAME = "Ed25519";
    /** SubjectPublicKeyInfo up to the 32 bytes of the key (RFC 8410, 4). */
    private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private final PublicKey key;
    private final JCAContext context = new JCAContext();

    /**
     * Takes the public key, RFC 8032's 32 bytes.
     *
     * @throws JOSEException where it is none
     */
    Ed25519Verifier(byte[] x) throws JOSEException {
        if (x.length != KEY_BYTES) {
            throw new JOSEException("an Ed25519 key has 32 bytes");
        }
        byte[] encoded = new byte[BEFORE_KEY.length + KEY_BYTES];
        System.arraycopy(BEFORE_KEY, 0, encoded, 0, BEFORE_KEY.length);
        System.arraycopy(x, 0, encoded, BEFORE_KEY.length, KEY_BYTES);
        try {
            key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("is not an Ed25519 key", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
        byte[] bytes = signature.decode();
        if (bytes.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(NAME);
            verifier.initVerify(key);
            verifier.update(signingInput);
            return verifier.verify(bytes);
        } catch (SignatureException e) {
            return false; // no point of the curve
        } catch (GeneralSecurityException e) {
            throw new JOSEException("the JDK has no Ed25519", e);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
