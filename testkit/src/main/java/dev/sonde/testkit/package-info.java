/** A local stand-in for OpenAI's API: same wire, honest about not being a language model. */
@NullMarked
package dev.sonde.testkit;

import org.jspecify.annotations.NullMarked;
