package org.rigatino.result;

import com.pixelmed.validate.DicomSRValidator;
import java.nio.file.Path;
import java.util.List;

/** Templates of PS3.16, by rules made of the standard's text, which take seconds to compile: once a JVM. */
final class ReportTemplates {
    private static DicomSRValidator rules;

    private ReportTemplates() {}

    /** What is said of the document. */
    static synchronized String heldAgainst(Path document) throws Exception {
        if (rules == null) {
            // The processor of XSLT refuses so long a sheet by default.
            for (String limit : List.of("xpathExprOpLimit", "xpathTotalOpLimit", "xpathExprGrpLimit")) {
                System.setProperty("jdk.xml." + limit, "0");
            }
            rules = new DicomSRValidator();
        }
        return rules.validate(document.toString());
    }
}
