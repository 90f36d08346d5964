package com.kt.event.content.idempotency;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/** The key by which a client marks a request that must take effect once, however often it is sent; best a UUID. */
@Documented
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Pattern(regexp = IdempotencyKey.PATTERN)
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKey {
    String HEADER = "Idempotency-Key";
    String REPLAYED = "Idempotent-Replayed";
    String MESSAGE = "an Idempotency-Key has 1 to 255 visible ASCII characters";
    String PATTERN = "^[\\x21-\\x7e]{1,255}$";

    String message() default MESSAGE;

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
