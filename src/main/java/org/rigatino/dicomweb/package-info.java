/**
 * DICOMweb (PS3.18): the STOW-RS door, and the sources that studies are fetched from (WADO-RS) where an event of another
 * producer points to one. Every instance goes through ingest, as if it had come by C-STORE.
 */
package org.rigatino.dicomweb;
