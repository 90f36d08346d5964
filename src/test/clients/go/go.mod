module example.org/content/flow

go 1.18

require example.org/content/client v0.0.0

replace example.org/content/client => ../../../../target/clients/go/generated
