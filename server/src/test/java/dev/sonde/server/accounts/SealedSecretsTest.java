package dev.sonde.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedSecretsTest {

    @TempDir
    Path directory;

    @Test
    void sealed_opensForItsOwnerOnly_afterRestartToo() {
        String sealed = secrets("key").seal("p\0openai", "sk-sécret");

        assertThat(sealed).startsWith("v1.").doesNotContain("sk-");
        assertThat(secrets("key").seal("p\0openai", "sk-sécret")).isNotEqualTo(sealed);
        assertThat(secrets("key").unseal("p\0openai", sealed)).isEqualTo("sk-sécret");
        assertThatThrownBy(() -> secrets("key").unseal("q\0openai", sealed)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> secrets("other").unseal("p\0openai", sealed)).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1.", "v1.AAAA", "v1.!", "v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatWasNeverSealed_doesNotOpen(String sealed) {
        assertThatThrownBy(() -> secrets("key").unseal("p", sealed)).isInstanceOf(StorageException.class);
    }

    @Test
    void keyFile_isItsOwnersAlone_andHasToBeOne() throws IOException {
        secrets("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("key"))))
                .isEqualTo("rw-------");
        for (String wrong : new String[] {"", "c2hvcnQ=", "not base64!"}) {
            Files.writeString(directory.resolve("wrong"), wrong);
            assertThatThrownBy(() -> secrets("wrong"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("wrong");
        }
    }

    private SealedSecrets secrets(String file) {
        return SealedSecrets.open(directory.resolve(file));
    }
}
