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
        if (name.matches("[0-9.]+")) {
            return name.matches("(127|10)\\..*|192\\.168\\..*|169\\.254\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*");
        }
        return name.indexOf('.') < 0
                || name.endsWith(".local")
                || name.endsWith(".internal")
                || name.endsWith(".localhost")
                || name.endsWith(".home.arpa");
    }
}
