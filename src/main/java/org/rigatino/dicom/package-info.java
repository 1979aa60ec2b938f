/**
 * The only code that sees the DICOM toolkit: datasets, pixel decoding, name-based UIDs, associations (listener, sender,
 * storage commitment, query). Knows nothing of ours. What a study means, or what is done with an image, is not for here.
 */
package org.rigatino.dicom;
