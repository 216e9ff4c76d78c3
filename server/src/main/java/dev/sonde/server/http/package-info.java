/** HTTP: one resource a file, with authentication and problems around them. */
@NullMarked
package dev.sonde.server.http;

import org.jspecify.annotations.NullMarked;
