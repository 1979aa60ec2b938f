package org.rigatino.dicom;

/** SCP/SCU Role Selection (PS3.7 D.3.3.4): the roles of the association's requestor for a SOP class. */
record RoleSelection(String sopClassUid, boolean scu, boolean scp) {}
