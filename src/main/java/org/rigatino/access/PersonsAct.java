package org.rigatino.access;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of a class whose methods are transactions in which people act: where the database ends one for the sake of another, it is begun
 * anew ({@link RepeatedActs}). Nothing but the record may remember that a method was called.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PersonsAct {}
