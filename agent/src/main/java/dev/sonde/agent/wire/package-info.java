/**
 * The JSON that providers' APIs speak, read as text: requests into what was asked, answers and the parts of streamed
 * answers into what came back. What the clients of these APIs share, whether they are made for them or plain HTTP.
 */
@NullMarked
package dev.sonde.agent.wire;

import org.jspecify.annotations.NullMarked;
