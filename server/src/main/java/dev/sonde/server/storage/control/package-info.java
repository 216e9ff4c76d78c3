/** The control plane: projects, keys, accounts and settings in one SQLite file, and the runner of numbered migrations. */
@NullMarked
package dev.sonde.server.storage.control;

import org.jspecify.annotations.NullMarked;
