/** The outbox: sends encoded objects to destinations, asks for storage commitment, and keeps each delivery's state. */
package org.rigatino.deliver;
