#!/usr/bin/env bash
# Fuzzes one target under coverage guidance: src/test/fuzz.sh association|dataset|pixels|multipart|event SECONDS
# Begins with the regression corpus and what earlier runs found worth keeping (target/fuzz/TARGET/corpus); what breaks
# the target is left in target/fuzz/TARGET. docs/fuzzing.md tells what to do with it.
set -euo pipefail
cd "$(dirname "$0")/../.."
jazzer=0.24.0
declare -A targets=([association]=org.rigatino.dicom.AssociationFuzz [dataset]=org.rigatino.dicom.DatasetFuzz
  [pixels]=org.rigatino.dicom.PixelsFuzz [multipart]=org.rigatino.dicom.MultipartFuzz
  [event]=org.rigatino.dicomweb.EventFuzz)
target=${1:-} seconds=${2:-60}
class=${targets[$target]:-}
[ -n "$class" ] || { echo "fuzz: name one of ${!targets[*]}, and seconds" >&2; exit 2; }
mvn=${MVN:-mvn}
work=target/fuzz
mkdir -p "$work/$target/corpus"
"$mvn" -B -ntp -q test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
for artifact in jazzer jazzer-api; do
  [ -f "$work/$artifact-$jazzer.jar" ] || "$mvn" -B -ntp -q dependency:copy \
    -Dartifact="com.code-intelligence:$artifact:$jazzer" -DoutputDirectory="$work"
done
# Jazzer hands over to JUnit where it finds it.
classpath=$(tr ':' '\n' <"$work/classpath" | grep -v junit | paste -sd:)
exec java -Xmx1g -XX:-OmitStackTraceInFastThrow -Djava.awt.headless=true \
  -cp "target/test-classes:target/classes:$classpath:$work/jazzer-$jazzer.jar:$work/jazzer-api-$jazzer.jar" \
  com.code_intelligence.jazzer.Jazzer --target_class="$class" '--instrumentation_includes=org.rigatino.**' \
  '--custom_hook_includes=org.rigatino.**' --trace=cov:cmp:div --keep_going=20 --reproducer_path="$work/$target" \
  -max_total_time="$seconds" -rss_limit_mb=4000 -timeout=10 -max_len=20000 -artifact_prefix="$work/$target/" \
  "$work/$target/corpus" "src/test/resources/corpus/$target"
