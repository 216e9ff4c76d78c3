package dev.sonde.server.accounts;

import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that the server must be able to read again, such as keys of providers: AES-256-GCM with a key that lies in a
 * file of its own, so that the database alone tells nothing. Thread-safe.
 */
public final class SealedSecrets {

    private static final String VERSION = "v1.";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private SealedSecrets(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * With the key in a file, which is made when missing and then its owner's alone.
     *
     * @throws StorageException when the file cannot be read or made, or holds no key
     */
    public static SealedSecrets open(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length == KEY_BYTES) {
                return new SealedSecrets(key);
            }
        } catch (IOException e) {
            throw new StorageException("open encryption key " + file, e);
        } catch (IllegalArgumentException e) {
            throw new StorageException(file + ": expected " + KEY_BYTES + " bytes in Base64", e);
        }
        throw new StorageException(file + ": expected " + KEY_BYTES + " bytes in Base64");
    }

    /** Complete before it has its name: a crash leaves no half a key. */
    private static void make(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        FileAttribute<?>[] owners =
                part.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(part, owners);
        Files.writeString(part, Base64.getEncoder().encodeToString(key) + "\n");
        Files.move(part, file);
    }

    /**
     * Seals a secret.
     *
     * @param owner whose it is; it opens for the same owner only
     */
    public String seal(String owner, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return VERSION + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /**
     * The secret again.
     *
     * @throws StorageException when it was sealed with another key or for another owner, or was changed
     */
    public String unseal(String owner, String sealed) {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed.startsWith(VERSION) ? sealed.substring(3) : "");
            byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
            byte[] secret = cipher(Cipher.DECRYPT_MODE, nonce, owner)
                    .doFinal(whole, NONCE_BYTES, Math.max(0, whole.length - NONCE_BYTES));
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StorageException("open a sealed secret: the encryption key is not the one it was sealed with", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
