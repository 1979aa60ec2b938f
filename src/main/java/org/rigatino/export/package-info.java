/**
 * Images that radiologists answered, as a folder with a manifest for {@code train}, {@code calibrate} and {@code evaluate}:
 * pixels and labels, and nobody's name. As a database role of its own, which reads neither names nor who answered.
 */
package org.rigatino.export;
