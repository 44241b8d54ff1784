// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** encryption_algorithm, SCTE 35 clause 11: the ciphers that the standard names. All of them are weak today. */
public enum EncryptionAlgorithm {
    /** DES, electronic codebook: a key of 8 bytes. */
    DES_ECB(1, "DES/ECB/NoPadding", 8),
    /** DES, cipher block chaining with an initial vector of zeros: a key of 8 bytes. */
    DES_CBC(2, "DES/CBC/NoPadding", 8),
    /** Triple DES EDE3, electronic codebook: a key of 24 bytes. */
    TRIPLE_DES_EDE3_ECB(3, "DESede/ECB/NoPadding", 24);

    /** Bytes of a cipher block. */
    static final int BLOCK = 8;

    private final int id;
    private final String transformation;
    private final int keyLength;

    EncryptionAlgorithm(int id, String transformation, int keyLength) {
        this.id = id;
        this.transformation = transformation;
        this.keyLength = keyLength;
    }

    /** Returns the algorithm with {@code id}, or null: 0 none, 4 to 31 reserved, 32 to 63 private. */
    public static @Nullable EncryptionAlgorithm of(int id) {
        return id >= 1 && id <= values().length ? values()[id - 1] : null;
    }

    /** Returns encryption_algorithm. */
    public int id() {
        return id;
    }

    /** Returns the length of the key in bytes, including parity bits. */
    public int keyLength() {
        return keyLength;
    }

    boolean opens(Bytes ciphertext, Bytes key) {
        return key.length() == keyLength && !ciphertext.isEmpty() && ciphertext.length() % BLOCK == 0;
    }

    Bytes decrypt(Bytes ciphertext, Bytes key) {
        return run(Cipher.DECRYPT_MODE, ciphertext, key);
    }

    Bytes encrypt(Bytes clear, Bytes key) {
        return run(Cipher.ENCRYPT_MODE, clear, key);
    }

    private Bytes run(int mode, Bytes input, Bytes key) {
        byte[] keyBytes = key.toArray();
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            String keyAlgorithm = transformation.substring(0, transformation.indexOf('/'));
            SecretKeySpec secret = new SecretKeySpec(keyBytes, keyAlgorithm);
            if (this == DES_CBC) {
                cipher.init(mode, secret, new IvParameterSpec(new byte[BLOCK]));
            } else {
                cipher.init(mode, secret);
            }
            return Bytes.of(cipher.doFinal(input.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(transformation + " is not usable in this JVM", e);
        } finally {
            Arrays.fill(keyBytes, (byte) 0);
        }
    }
}
