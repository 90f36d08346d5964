/** Idempotency keys: the first answer to a key is stored and replayed. */
package com.kt.event.content.idempotency;
