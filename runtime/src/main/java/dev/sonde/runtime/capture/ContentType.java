package dev.sonde.runtime.capture;

/** Tells by their first bytes what bytes are. */
final class ContentType {

    private ContentType() {}

    /** Such as {@code image/png}; {@code application/octet-stream} where it is nothing that models are shown. */
    static String of(byte[] bytes) {
        if (starts(bytes, 0, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (starts(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        if (starts(bytes, 0, 'R', 'I', 'F', 'F')) {
            return starts(bytes, 8, 'W', 'E', 'B', 'P')
                    ? "image/webp"
                    : starts(bytes, 8, 'W', 'A', 'V', 'E') ? "audio/wav" : "application/octet-stream";
        }
        if (starts(bytes, 0, '%', 'P', 'D', 'F')) {
            return "application/pdf";
        }
        if (starts(bytes, 0, 'I', 'D', '3') || starts(bytes, 0, 0xFF, 0xFB)) {
            return "audio/mpeg";
        }
        if (starts(bytes, 0, 'O', 'g', 'g', 'S')) {
            return "audio/ogg";
        }
        return starts(bytes, 4, 'f', 't', 'y', 'p') ? "video/mp4" : "application/octet-stream";
    }

    private static boolean starts(byte[] bytes, int at, int... expected) {
        if (bytes.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[at + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
