// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of an encrypted session, as SRT's key material message carries it: PBKDF2 of the passphrase, AES key wrap (RFC
 * 3394), AES in counter mode for the payloads.
 */
public final class RawKey {
    public static final int EVEN = 1;
    public static final int ODD = 2;

    private static final int SALT_BYTES = 16;
    private static final int SALT_OF_PASSPHRASE = 8;
    private static final int ROUNDS = 2048;
    private static final int SIGNATURE = 0x2029;
    private static final int WRAP_BYTES = 8;
    private static final int HEADER_BYTES = 16;

    private final byte[] salt = new byte[SALT_BYTES];
    private final byte[] key;
    private final byte[] message;

    private RawKey(String passphrase, int keyBytes, int flags, Random random) throws GeneralSecurityException {
        random.nextBytes(salt);
        key = new byte[keyBytes];
        random.nextBytes(key);
        message = message(wrap(passphrase), flags);
    }

    /** Returns the even key of a passphrase, of 16, 24 or 32 bytes. */
    public static RawKey even(String passphrase, int keyBytes, long seed) {
        return of(passphrase, keyBytes, EVEN, seed);
    }

    /** Returns a key whose message announces it as even (1) or odd (2). */
    public static RawKey of(String passphrase, int keyBytes, int flags, long seed) {
        try {
            return new RawKey(passphrase, keyBytes, flags, new Random(seed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public int keyBytes() {
        return key.length;
    }

    /** Returns the key material message, the content of a KMREQ block. */
    public byte[] message() {
        return message.clone();
    }

    /** Returns the payload of a packet encrypted, or decrypted: it is the same. */
    public byte[] crypt(int sequence, byte[] payload) {
        byte[] iv = Arrays.copyOf(salt, SALT_BYTES);
        iv[14] = 0;
        iv[15] = 0;
        byte[] number = ByteBuffer.allocate(4).putInt(sequence).array();
        for (int i = 0; i < number.length; i++) {
            iv[10 + i] ^= number[i];
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] wrap(String passphrase) throws GeneralSecurityException {
        byte[] end = Arrays.copyOfRange(salt, SALT_BYTES - SALT_OF_PASSPHRASE, SALT_BYTES);
        byte[] wrapping = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                .generateSecret(new PBEKeySpec(passphrase.toCharArray(), end, ROUNDS, key.length * 8))
                .getEncoded();
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(wrapping, "AES"));
        return cipher.wrap(new SecretKeySpec(key, "AES"));
    }

    private byte[] message(byte[] wrapped, int flags) {
        ByteBuffer to = ByteBuffer.allocate(HEADER_BYTES + SALT_BYTES + WRAP_BYTES + key.length);
        to.put((byte) 0x12).putShort((short) SIGNATURE).put((byte) flags);
        to.putInt(0); // the key that wraps: from the passphrase
        to.put((byte) 2).put((byte) 0).put((byte) 2).put((byte) 0); // counter mode, no authentication, SRT
        to.putShort((short) 0).put((byte) (SALT_BYTES / 4)).put((byte) (key.length / 4));
        return to.put(salt).put(wrapped).array();
    }
}
