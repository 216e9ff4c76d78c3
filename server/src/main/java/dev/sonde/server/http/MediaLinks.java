package dev.sonde.server.http;

import dev.sonde.server.model.Media;
import dev.sonde.server.storage.ControlPlane;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Addresses of one medium that open without a key for a while, because they are signed. Thread-safe. */
final class MediaLinks {

    /** How long an address opens. */
    private static final Duration VALID = Duration.ofHours(1);

    private static final String SETTING = "media-link-key";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Clock clock;

    /** What an address is for. */
    enum Purpose {
        UPLOAD,
        DOWNLOAD
    }

    /**
     * An address.
     *
     * @param expires the second from which on it does not open any more
     */
    record Link(String url, Instant expires) {}

    MediaLinks(ControlPlane control, Clock clock) {
        this.clock = clock;
        this.key = new SecretKeySpec(
                Base64.getDecoder().decode(control.findSetting(SETTING).orElseGet(() -> fresh(control))), ALGORITHM);
    }

    private static String fresh(ControlPlane control) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String text = Base64.getEncoder().encodeToString(random);
        control.saveSetting(SETTING, text);
        return text;
    }

    /** An address of the medium on the server that the caller has asked. */
    Link to(Purpose purpose, Media media, String origin) {
        Instant expires = Instant.ofEpochSecond(clock.instant().plus(VALID).getEpochSecond());
        String path = "/api/public/media/" + media.id() + (purpose == Purpose.UPLOAD ? "/upload" : "/content");
        String project = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(media.projectId().getBytes(StandardCharsets.UTF_8));
        return new Link(
                origin + path + "?project=" + project + "&expires=" + expires.getEpochSecond() + "&signature="
                        + signature(purpose, media.projectId(), media.id(), expires.getEpochSecond()),
                expires);
    }

    /**
     * The project that an address is of.
     *
     * @throws HttpProblem where the address was not made here, is over, or is for something else
     */
    String project(Purpose purpose, String mediaId, String project, String expires, String signature) {
        try {
            String projectId = new String(Base64.getUrlDecoder().decode(project), StandardCharsets.UTF_8);
            long second = Long.parseLong(expires);
            byte[] expected = signature(purpose, projectId, mediaId, second).getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
                throw HttpProblem.forbidden("This media address was not made by this server");
            }
            if (clock.instant().getEpochSecond() >= second) {
                throw HttpProblem.forbidden("This media address has expired");
            }
            return projectId;
        } catch (IllegalArgumentException e) {
            throw HttpProblem.forbidden("This media address was not made by this server");
        }
    }

    private String signature(Purpose purpose, String projectId, String mediaId, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] text =
                    (purpose + "\n" + mediaId + "\n" + expires + "\n" + projectId).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
