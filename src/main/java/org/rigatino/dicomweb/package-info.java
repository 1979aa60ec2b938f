/**
 * DICOMweb (PS3.18): the STOW-RS door, and the sources that studies are fetched from where an event of another producer
 * points to one (WADO-RS) or somebody asks for one. How it is fetched is a matter of its {@link Retriever}. Every instance goes through ingest, as if it had come by C-STORE.
 */
package org.rigatino.dicomweb;
