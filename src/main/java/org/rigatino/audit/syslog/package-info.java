/** Rows of the audit trail as messages of PS3.15 A.5, sent by syslog over TLS (PS3.15 A.6, RFC 5424, RFC 5425). */
package org.rigatino.audit.syslog;
