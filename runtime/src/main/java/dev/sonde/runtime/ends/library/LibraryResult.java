package dev.sonde.runtime.ends.library;

import java.util.Set;

/**
 * One type of a library that a method may return.
 *
 * @param type binary name; subtypes are of it too
 * @param bridge simple name of the class in {@code dev.sonde.runtime.ends.bridge} that follows it
 * @param standsFor declared types which another object of the type can stand for; empty where none is made
 */
record LibraryResult(String type, String bridge, Set<String> standsFor) {

    LibraryResult {
        standsFor = Set.copyOf(standsFor);
    }

    boolean fits(String declaredType) {
        return standsFor.isEmpty() || standsFor.contains(declaredType);
    }
}
