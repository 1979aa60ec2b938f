/**
 * One {@link org.rigatino.image.Frame} out of a DICOM instance: modality and VOI transforms, orientation, and the
 * reversible {@link org.rigatino.image.ModelGrid}. No network and no score is known here.
 */
package org.rigatino.image;
