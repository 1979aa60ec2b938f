package org.rigatino.report;

/**
 * Where a message came from, and which it is.
 *
 * @param application MSH-3
 * @param facility MSH-4; empty where there is none
 * @param controlId MSH-10
 * @param address of the machine
 */
public record ReportSender(String application, String facility, String controlId, String address) {
    String name() {
        return facility.isEmpty() ? application : application + "|" + facility;
    }
}
