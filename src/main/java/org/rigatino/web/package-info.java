/** REST over persisted state. Reads rows only; no stage of the flow is called from here. */
package org.rigatino.web;
