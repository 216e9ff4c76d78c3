/** Who may do what: key pairs of projects, accounts of people, their browser sessions and the first set-up. */
@NullMarked
package dev.sonde.server.accounts;

import org.jspecify.annotations.NullMarked;
