/** REST, health and what protects them. Reads the persisted state and changes nothing. */
package org.rigatino.web;
