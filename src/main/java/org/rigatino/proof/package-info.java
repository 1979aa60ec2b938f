/**
 * The whole product shown, timed and broken from outside: {@code demo}, {@code bench} and {@code soak}. Serves no study, and
 * nothing that serves one knows it.
 */
package org.rigatino.proof;
