@echo off
rem Runs Bywash from where it is installed. What the variables mean is said at the top of the file "bywash" beside this one.
setlocal
for %%I in ("%~dp0..") do set "home=%%~fI"

rem Found through the PATH, so that no path with spaces or brackets has to survive the quoting of "for".
if defined JAVA_HOME set "PATH=%JAVA_HOME%\bin;%PATH%"
set "version="
for /f "tokens=3" %%V in ('java -XshowSettings:properties -version 2^>^&1 ^| findstr java.specification.version') do set "version=%%V"
if not defined version goto nojava
if %version% LSS 17 goto oldjava

set "options=-Dguice_custom_class_loading=CHILD -XX:Tier3DelayOn=1000"
if %version% EQU 17 set "options=%options% -Dfile.encoding=UTF-8"
if %version% GEQ 24 set "options=%options% --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

if not defined BYWASH_LOG set "BYWASH_LOG=text"
if not "%BYWASH_LOG%"=="text" if not "%BYWASH_LOG%"=="json" goto badlog
if not defined BYWASH_CONF set "BYWASH_CONF=%home%\conf"
if not defined BYWASH_HANDLERS set "BYWASH_HANDLERS=%home%\handlers"

java %options% "-Dconfig.file=%BYWASH_CONF%\application.conf" "-Dlogback.configurationFile=%BYWASH_CONF%\logback.xml" ^
    %BYWASH_JAVA_OPTIONS% -cp "%home%\lib\*;%home%\extensions\*" io.bywash.runtime.cli.Main %*
exit /b %ERRORLEVEL%

:nojava
echo bywash: found no java; install Java 17 or later, or point JAVA_HOME to it 1>&2
exit /b 1

:oldjava
echo bywash: needs Java 17 or later, and the java found first is Java %version%; point JAVA_HOME to a later one 1>&2
exit /b 1

:badlog
echo bywash: BYWASH_LOG is %BYWASH_LOG%; set it to text or json 1>&2
exit /b 1
