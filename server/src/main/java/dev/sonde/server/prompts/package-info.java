/** The rules of prompts: what may be stored, how versions embed each other, which one a generation came from. */
@NullMarked
package dev.sonde.server.prompts;

import org.jspecify.annotations.NullMarked;
