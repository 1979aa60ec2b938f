/** {@code rigatino demo}: real anatomy as DICOM studies, Orthanc as the PACS, and the table of what became of them. */
package org.rigatino.proof.demo;
