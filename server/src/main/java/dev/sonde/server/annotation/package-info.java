/** What people do with what was recorded: comments on it, and queues of what is to be scored by hand. */
@NullMarked
package dev.sonde.server.annotation;

import org.jspecify.annotations.NullMarked;
