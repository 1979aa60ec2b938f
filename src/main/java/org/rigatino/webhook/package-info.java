/**
 * Tells others over HTTP what {@code rigatino.results} tells: who cannot read Kafka gets each event by a signed POST. Knows
 * events as bytes alone; what a study came to is not known here.
 */
package org.rigatino.webhook;
