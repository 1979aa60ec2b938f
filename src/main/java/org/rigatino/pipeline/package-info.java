/**
 * The one way from files to objects: whose they are, which of their frames a release takes, what it draws of them, what
 * departs from it, and the objects that say so. {@code serve} and {@code restore} differ in the {@link
 * org.rigatino.pipeline.Sink} alone. Nothing here knows a database, a broker or a destination.
 */
package org.rigatino.pipeline;
