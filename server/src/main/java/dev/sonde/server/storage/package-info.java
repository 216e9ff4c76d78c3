/** The storage SPI: small roles that every engine implements and proves with the same contract kits. */
@NullMarked
package dev.sonde.server.storage;

import org.jspecify.annotations.NullMarked;
