/**
 * DICOMweb services as destinations: STOW-RS and QIDO-RS (PS3.18 10.5 and 10.6) as user agent, over a client that waits for
 * nobody for ever and keeps nothing of unbounded length. What follows from an answer is not known here.
 */
package org.rigatino.deliver.dicomweb;
