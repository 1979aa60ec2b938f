/** REST and health. Reads the persisted state and calls no stage. Who may, {@code access} says. */
package org.rigatino.web;
