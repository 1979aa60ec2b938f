/**
 * Workitems of UPS-RS services (PS3.18 11; IHE AIW-I, Task Performer): found, claimed, seen through to the end of their study, and
 * reported. What is done with a study is not known here, only what became of it.
 */
package org.rigatino.workitem;
