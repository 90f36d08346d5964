/** Idempotency keys: the attempt that holds a key, and the stored response to its request. */
package com.kt.event.content.idempotency;
