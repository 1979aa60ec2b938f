package org.rigatino.hl7.listen;

/** ADT as a hospital information system sends it. */
public final class Adt {
    private static int messages;

    private final String event;
    private final String at;
    private final StringBuilder segments = new StringBuilder();

    /** @param at EVN-2 */
    public Adt(String event, String at) {
        this.event = event;
        this.at = at;
    }

    public Adt pid(String ids, String name, String born, String sex) {
        segments.append("PID|1||")
                .append(ids)
                .append("||")
                .append(name)
                .append("||")
                .append(born)
                .append('|')
                .append(sex);
        segments.append('\r');
        return this;
    }

    public Adt mrg(String ids) {
        segments.append("MRG|").append(ids).append('\r');
        return this;
    }

    /** With another MSH-10 each time. */
    @Override
    public String toString() {
        return "MSH|^~\\&|HIS|ADMISSION|RIGATINO|SITE|20260102120000+0000||ADT^" + event + "|A" + ++messages
                + "|P|2.5.1||||||UNICODE UTF-8\rEVN|" + event + "|" + at + "\r" + segments;
    }
}
