package dev.sonde.runtime;

import java.util.List;
import java.util.Locale;

/** Which hosts a list of rules means: {@code *}, {@code local}, or the end of a name. No name is looked up. */
final class HostRules {

    private HostRules() {}

    static boolean allow(List<String> rules, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (String rule : rules) {
            if (rule.equals("*")
                    || (rule.equals("local") ? isLocal(name) : name.equals(rule) || name.endsWith("." + bare(rule)))) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String rule) {
        return rule.startsWith(".") ? rule.substring(1) : rule;
    }

    /** This machine, private addresses, and names that mean nothing outside: by RFC 1918, 4193, 6761 and 8375. */
    private static boolean isLocal(String name) {
        if (name.indexOf(':') >= 0) {
            String address = name.startsWith("[") ? name.substring(1) : name;
            return address.startsWith("::1") || address.startsWith("fd") || address.startsWith("fe80");
        }
        if (isAddress(name)) {
            return name.startsWith("127.")
                    || name.startsWith("10.")
                    || name.startsWith("192.168.")
                    || name.startsWith("169.254.")
                    || isPrivateOf172(name);
        }
        return name.indexOf('.') < 0
                || name.endsWith(".local")
                || name.endsWith(".internal")
                || name.endsWith(".localhost")
                || name.endsWith(".home.arpa");
    }

    private static boolean isAddress(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** From 172.16 to 172.31. */
    private static boolean isPrivateOf172(String name) {
        if (!name.startsWith("172.") || name.length() < 7 || name.charAt(6) != '.') {
            return false;
        }
        String second = name.substring(4, 6);
        return second.compareTo("16") >= 0 && second.compareTo("31") <= 0;
    }
}
