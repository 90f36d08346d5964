/** Failures as problem details (RFC 9457), with the platform's codes and messages. */
package com.kt.event.content.api.problem;
