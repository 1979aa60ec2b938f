/**
 * Tells others what {@code rigatino.results} tells: a {@link org.rigatino.notify.Feed} for each
 * {@link org.rigatino.notify.Receiver}, in order, at least once. How one is told, and what an event says, is known to the
 * packages of the receivers.
 */
package org.rigatino.notify;
