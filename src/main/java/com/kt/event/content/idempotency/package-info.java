/** Idempotency keys: who holds a key, and the stored response to it. */
package com.kt.event.content.idempotency;
