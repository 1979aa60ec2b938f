/**
 * The outbox: the store of encoded objects, sending them to destinations, asking for storage commitment, and keeping
 * each delivery's state. What an object shows is not known here.
 */
package org.rigatino.deliver;
