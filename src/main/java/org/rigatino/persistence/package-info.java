/**
 * The persisted record as Hibernate entities over the migrations in {@code sql/}, and the study's states with their
 * legal moves. Entities hold values and no behaviour beyond those moves; who writes a row is the stage that owns it.
 */
package org.rigatino.persistence;
