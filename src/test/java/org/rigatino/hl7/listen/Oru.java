package org.rigatino.hl7.listen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ORU^R01 as a radiology information system sends it. */
public final class Oru {
    private static int messages;

    private String application = "RIS";
    private String controlId = "M" + ++messages;
    private String characterSet = "UNICODE UTF-8";
    private String ids = "4711^^^SITE^MR";
    private String born = "19700101";
    private String name = "DOE^JANE";
    private String sex = "F";
    private String interpreter = "";
    private String accession = "ACC7";
    private String status = "F";
    private String sent = "20260102120000+0000";
    private String at = "20260102110000+0000";
    private final List<String> lines = new ArrayList<>();

    public Oru from(String msh3) {
        application = msh3;
        return this;
    }

    public Oru id(String msh10) {
        controlId = msh10;
        return this;
    }

    public Oru in(String msh18) {
        characterSet = msh18;
        return this;
    }

    /** PID-3, PID-7. */
    public Oru of(String pid3, String pid7) {
        ids = pid3;
        born = pid7;
        return this;
    }

    /** PID-5, PID-8. */
    public Oru named(String pid5, String pid8) {
        name = pid5;
        sex = pid8;
        return this;
    }

    public Oru by(String obr32) {
        interpreter = "|||||||" + obr32;
        return this;
    }

    public Oru order(String obr18) {
        accession = obr18;
        return this;
    }

    public Oru status(String obr25) {
        status = obr25;
        return this;
    }

    public Oru at(String obr22) {
        at = obr22;
        return this;
    }

    /** MSH-7. */
    public Oru sent(String msh7) {
        sent = msh7;
        return this;
    }

    /** A segment as it is, after those before. */
    public Oru line(String segment) {
        lines.add(segment);
        return this;
    }

    /** OBX of FT, with the order's status. */
    public Oru text(String... obx5) {
        Arrays.stream(obx5).forEach(text -> obx("FT", text, status));
        return this;
    }

    public Oru obx(String type, String value, String obx11) {
        lines.add("OBX|" + (lines.size() + 1) + "|" + type + "|18748-4^Report^LN||" + value + "||||||" + obx11);
        return this;
    }

    @Override
    public String toString() {
        return "MSH|^~\\&|" + application + "|RADIOLOGY|RIGATINO|SITE|" + sent + "||ORU^R01^ORU_R01|" + controlId
                + "|P|2.5.1||||||" + characterSet + "\rPID|1||" + ids + "||" + name + "||" + born
                + "|" + sex + "\rPV1|1|U\rORC|RE|P1|F1\r"
                + "OBR|1|P1|F1|36554-4^Chest^LN||||||||||||||" + accession + "||||" + at + "|||" + status + interpreter
                + "\r"
                + String.join("\r", lines) + "\r";
    }
}
