/**
 * What runs in the application's own class loader: it decides, without loading a weaver, whether a class deserves one.
 * Nothing here may reach {@code java.nio.file}, {@code java.util.logging} or JMX, because it runs before the
 * application has had its say about them.
 */
@NullMarked
package dev.sonde.agent;

import org.jspecify.annotations.NullMarked;
