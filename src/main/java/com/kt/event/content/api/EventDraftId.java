package com.kt.event.content.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/** The id of an event draft: safe in a URL and in a Redis key, and not a segment of our own paths. */
@Documented
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = EventDraftId.PATTERN)
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface EventDraftId {
    String PATTERN = "^(?!(?:jobs|files|\\.\\.?)$)[A-Za-z0-9._-]{1,64}$";

    String message() default "an eventDraftId has 1 to 64 of A-Z a-z 0-9 - _ . and is none of jobs, files, . and ..";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
